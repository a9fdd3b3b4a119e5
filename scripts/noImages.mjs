// Stands where @huggingface/transformers imports sharp: this extension reads text only, and leaving sharp out keeps
// its native binaries out of the packed extension. It must be truthy, or the library refuses to load.
const noImages = () => {
  throw new Error('Images are not supported: only text models are used here.');
};
// The library asks for the default export by that name.
export default noImages;
