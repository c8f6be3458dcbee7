/**
 * Script of the page, run before its own: what the platform tells every component, changed as `window.seenThrough` says. The form
 * host lets everyone read secured columns, as the solution's profiles do; an organization may take that away.
 */
export const SEEN_THROUGH = `(() => {
  const changed = (context) => {
    if (window.seenThrough === 'disabled') return { ...context, mode: { ...context.mode, isControlDisabled: true } };
    if (window.seenThrough !== 'masked') return context;
    const hidden = { raw: null, formatted: '', security: { secured: true, readable: false, editable: false } };
    const columns = Object.entries(context.parameters).map(([name, column]) => [name, { ...column, ...hidden }]);
    return { ...context, parameters: Object.fromEntries(columns) };
  };
  const seeing = (Control) =>
    class extends Control {
      init(context, ...rest) {
        return super.init(changed(context), ...rest);
      }
      updateView(context) {
        return super.updateView(changed(context));
      }
    };
  let framework;
  Object.defineProperty(window, 'ComponentFramework', {
    configurable: true,
    get: () => framework,
    set: (given) => {
      framework = { ...given, registerControl: (name, Control) => given.registerControl(name, seeing(Control)) };
    },
  });
})()`;
