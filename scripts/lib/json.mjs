/**
 * JSON as a value of unknown shape, so that whoever reads it has to say what it takes it for.
 * @param {string} text
 * @returns {unknown}
 */
export const parseJson = (text) => JSON.parse(text);
