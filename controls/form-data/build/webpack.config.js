const { TEMP_NAMESPACE } = require('pcf-scripts/constants');
// The one that webpack itself minifies with.
const Minimizer = require(require.resolve('minimizer-webpack-plugin', { paths: [require.resolve('webpack')] }));

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
  plugins: [{ apply: ({ options }) => void delete options.output.library }],
  optimization: {
    minimizer: [
      new Minimizer({
        extractComments: false,
        terserOptions: {
          ecma: 2020,
          // Nothing of ours has a getter with effects, asks for Function.length or makes a text of a Symbol.
          compress: {
            passes: 3,
            inline: 1,
            keep_fargs: false,
            lhs_constants: false,
            pure_getters: true,
            unsafe: true,
            unsafe_arrows: true,
            unsafe_methods: true,
          },
        },
      }),
    ],
  },
});
