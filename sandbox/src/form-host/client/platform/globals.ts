/**
 * Runs between React and Fluent: gives React the names that control bundles expect, and Fluent the nonce under which the
 * page's policy lets it write its style sheets.
 */
interface PlatformWindow {
  React?: unknown;
  ReactDOM?: unknown;
  Reactv16?: unknown;
  ReactDOMv16?: unknown;
  FabricConfig?: unknown;
  CSPSettings?: unknown;
}

// The platform's names are not part of the DOM's Window type.
const platform = window as unknown as PlatformWindow;
platform.Reactv16 = platform.React;
platform.ReactDOMv16 = platform.ReactDOM;
const nonce = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? '';
platform.CSPSettings = { nonce };
platform.FabricConfig = {
  mergeStyles: { cspSettings: { nonce } },
  // Fluent's fonts and icon fonts live on a CDN. The page registers drawings of its own; nothing is asked of another machine.
  fontBaseUrl: '',
  iconBaseUrl: '/platform/icons/',
};
