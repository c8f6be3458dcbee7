const { basename, dirname } = require('node:path');

/**
 * Loader in front of a control's entry: puts its class where pcf-scripts' registration looks for it. As a library of webpack's own
 * it would stand behind an object of getters and the code that makes them, 150 bytes in each control.
 */
module.exports.pitch = function pitch() {
  // The folder of manifest and entry is named after the class.
  const name = basename(dirname(this.resourcePath));
  const { library } = this.getOptions();
  return `import { ${name} } from ${JSON.stringify(this.resourcePath)};\nglobalThis.${library} = { ${name} };`;
};
