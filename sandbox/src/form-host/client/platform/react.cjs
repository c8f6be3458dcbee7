// The page and every virtual control share one React, as in a model-driven app.
module.exports = globalThis.Reactv16;
