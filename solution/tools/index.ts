/** What another workspace may use: parts are built and packages read here and nowhere else. */
export { buildAll } from './build/build-all';
export { BuildError } from './build/build-target';
export { packagePaths } from './package/package-paths';
export { rootComponentProblems } from './package/root-components';
export { openPackage, type OpenPackage } from './read/open-package';
export { SolutionSourceError } from './solution-source-error';
export { attributeNamed, childNamed, childText, type XmlNode, xmlText } from './xml/xml-tree';
export { unzip, zip } from './package/zip';
