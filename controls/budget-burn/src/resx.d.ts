/** Key → text; the build of the pages turns resx files into this. */
declare module '*.resx' {
  const texts: Readonly<Record<string, string>>;
  export default texts;
}
