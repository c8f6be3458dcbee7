module.exports = globalThis.FluentUIReact;
