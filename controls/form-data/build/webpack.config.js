const { TEMP_NAMESPACE } = require('pcf-scripts/constants');
const { plugins } = require('./transpile-only.cjs');
// The one that webpack itself minifies with.
const Minimizer = require(require.resolve('minimizer-webpack-plugin', { paths: [require.resolve('webpack')] }));

/** Nothing of ours has a getter with effects, asks for Function.length or makes a text of a Symbol. */
const COMPRESS = { passes: 3, keep_fargs: false, pure_getters: true, unsafe: true };

const TERSER = {
  ecma: 2020,
  compress: { ...COMPRESS, inline: 1, lhs_constants: false, unsafe_arrows: true, unsafe_methods: true },
};
const SWC = {
  ecma: 2020,
  compress: { ...COMPRESS, ecma: 2020, unsafe_arrows: true, unsafe_methods: true },
  mangle: true,
};

/** Each finds what the other leaves: together 1 % less than the better one alone. */
async function minify(input) {
  const [name] = Object.keys(input);
  const { code } = await Minimizer.terserMinify(input, undefined, TERSER);
  return Minimizer.swcMinify({ [name]: code }, undefined, SWC);
}

/**
 * Merged into pcf-scripts' own settings, for every control: what the defaults leave over is hundreds of the bytes that a control may
 * have (docs/performance.md).
 * @param entry absolute path of the control's index.ts
 */
module.exports = (entry) => ({
  entry: `${require.resolve('./register-loader.js')}?library=${TEMP_NAMESPACE}!${entry}`,
  // Names of modules in comments would become a licence file and a line about it.
  output: { pathinfo: false },
  // The loader has registered the class already. Merging can not take an option away, a plugin can.
  plugins: [...plugins, { apply: ({ options }) => void delete options.output.library }],
  optimization: {
    minimizer: [new Minimizer({ extractComments: false, parallel: false, minify })],
  },
});
