/** What another workspace may use: packages are read here and nowhere else. */
export { packagePaths } from './package/package-paths';
export { rootComponentProblems } from './package/root-components';
export { openPackage, type OpenPackage } from './read/open-package';
export { SolutionSourceError } from './solution-source-error';
export { attributeNamed, childNamed, childText, type XmlNode, xmlText } from './xml/xml-tree';
