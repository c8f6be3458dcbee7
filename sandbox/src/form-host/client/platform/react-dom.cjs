module.exports = globalThis.ReactDOMv16;
