/** A file taken into the bundle as text, so that it is there wherever the host runs from. */
declare module '*?raw' {
  const text: string;
  // biome-ignore lint/style/noDefaultExport: what the bundler makes of such a file
  export default text;
}
