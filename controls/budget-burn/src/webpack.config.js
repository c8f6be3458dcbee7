// The one that webpack itself minifies with.
const Minimizer = require(require.resolve('minimizer-webpack-plugin', { paths: [require.resolve('webpack')] }));

/** Merged into pcf-scripts' own: the defaults leave two hundred bytes more than the 16 KB that the control may have. */
module.exports = {
  ...require('../../transpile-only.cjs'),
  // Names of modules in comments would become a licence file and a line about it.
  output: { pathinfo: false },
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
};
