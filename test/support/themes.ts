/** VS Code's own names of the themes in which the workbench is tried. */
export const themeNames = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  hcDark: 'Default High Contrast',
  hcLight: 'Default High Contrast Light',
} as const;
export type ThemeName = keyof typeof themeNames;
