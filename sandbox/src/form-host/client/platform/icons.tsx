import * as React from 'react';
import { registerIcons, unregisterIcons } from '@fluentui/react';

/**
 * Drawings for the icon names that the page and the controls use, on a 16 px grid. Fluent's own icon font would come from
 * a CDN, and no request leaves the machine.
 */
const paths: Readonly<Record<string, string>> = {
  WaffleOffice365:
    'M3 3h1v1H3zM7.500 3h1v1h-1zM12 3h1v1h-1zM3 7.500h1v1H3zM7.500 7.500h1v1h-1zM12 7.500h1v1h-1zM3 12h1v1H3zM7.500 12h1v1h-1zM12 12h1v1h-1z',
  GlobalNavButton: 'M2 4h12M2 8h12M2 12h12',
  Home: 'M2.500 8 8 2.800 13.500 8M4 7v6.500h3v-4h2v4h3V7',
  Money: 'M1.800 4h12.400v8H1.800zM8 6.200a1.800 1.800 0 1 1 0 3.600 1.800 1.800 0 0 1 0-3.600',
  Health: 'M1.500 8.500h3l1.500-4 3 7.500 2-5 .8 1.500h2.700',
  Search: 'M7 2.500a4.500 4.500 0 1 1 0 9 4.500 4.500 0 0 1 0-9M10.300 10.300 14 14',
  Settings:
    'M8 5.800a2.200 2.200 0 1 1 0 4.400 2.200 2.200 0 0 1 0-4.400M8 1.800v2M8 12.200v2M1.800 8h2M12.200 8h2M3.600 3.600 5 5M11 11l1.400 1.400M12.400 3.600 11 5M5 11l-1.400 1.400',
  Back: 'M14 8H2.500M7 3.500 2.500 8 7 12.500',
  Save: 'M2.500 2.500h9l2 2v9h-11zM5 2.500v4h5.500v-4M4.500 13.500V9h7v4.500',
  SaveAndClose: 'M2.500 2.500h8l2 2v3M2.500 2.500v11h5M5 2.500V6h5V2.500M10 10l4 4m0-4-4 4',
  Add: 'M8 2.500v11M2.500 8h11',
  Sync: 'M13.500 6.500A5.800 5.800 0 0 0 3 5M2.500 9.500A5.800 5.800 0 0 0 13 11M3 2v3h3M13 14v-3h-3',
  Refresh: 'M13 8a5 5 0 1 1-1.600-3.700M13 2v3h-3',
  Send: 'M2 2.500 14.500 8 2 13.500 4 8zM4 8h6',
  Completed: 'M8 1.800a6.200 6.200 0 1 1 0 12.400A6.200 6.200 0 0 1 8 1.800M5 8.200l2.200 2.200L11 6',
  CompletedSolid: 'M8 1.800a6.200 6.200 0 1 1 0 12.400A6.200 6.200 0 0 1 8 1.800M5 8.200l2.200 2.200L11 6',
  Accept: 'm2.500 8.500 3.700 3.700L13.500 4.500',
  CheckMark: 'm2.500 8.500 3.700 3.700L13.500 4.500',
  OpenInNewWindow: 'M6.500 3h-4v10.500H13v-4M9.500 2.500h4v4M13.200 2.800 7.500 8.500',
  ReportDocument: 'M3.500 1.800h6l3 3v9.400h-9zM9.500 1.800v3h3M6 11.500v-2M8 11.500v-4M10 11.500v-3',
  More: 'M3 8h1M7.500 8h1M12 8h1',
  ChevronDown: 'm3.500 6 4.500 4.500L12.500 6',
  ChevronUp: 'm3.500 10.500 4.500-4.500 4.500 4.500',
  ChevronRight: 'm6 3.500 4.500 4.500L6 12.500',
  Stop: 'M4 4h8v8H4z',
  CloudUpload:
    'M4.500 12.500h-.5a2.700 2.700 0 0 1 0-5.400A4 4 0 0 1 11.700 6.300 3 3 0 0 1 12 12.500h-.5M8 14V8.500M6 10.500l2-2 2 2',
  RemoveLinkX: 'M6.500 5H5a3 3 0 0 0 0 6h1.500M9.500 5H11a3 3 0 0 1 0 6H9.500M3 3l10 10',
  History: 'M3 8a5 5 0 1 1 1.700 3.800M3 4.500V8h3.500M8 5.500V8l2 1.500',
  Delete: 'M2.500 4h11M6 4V2.500h4V4M4 4l.7 9.500h6.600L12 4M6.700 6.500v4.500M9.300 6.500v4.500',
  Cancel: 'm3.500 3.500 9 9m0-9-9 9',
  Clear: 'm3.500 3.500 9 9m0-9-9 9',
  Lock: 'M3.500 7h9v6.800h-9zM5.500 7V5a2.500 2.500 0 0 1 5 0v2',
  Warning: 'M8 2 14.500 13.800h-13zM8 6.500v3.500M8 11.700v.4',
  Error: 'M8 1.800a6.200 6.200 0 1 1 0 12.400A6.200 6.200 0 0 1 8 1.800M8 4.800v4M8 11v.4',
  ErrorBadge:
    'M8 1.800a6.200 6.200 0 1 1 0 12.400A6.200 6.200 0 0 1 8 1.800M5.600 5.600l4.800 4.800m0-4.800-4.800 4.800',
  Info: 'M8 1.800a6.200 6.200 0 1 1 0 12.400A6.200 6.200 0 0 1 8 1.800M8 7.200V11M8 4.800v.4',
  Edit: 'M3 13l.6-2.800L10.800 3 13 5.200 5.800 12.400zM9.300 4.500l2.200 2.200',
  Play: 'M4.500 2.800v10.400L13 8z',
  PlugDisconnected: 'm9.500 6.500 3-3M3.500 12.500l3-3M6 5l5 5-1.500 1.500a3 3 0 0 1-4 0l-1-1a3 3 0 0 1 0-4zM2 2l12 12',
  Clock: 'M8 1.800a6.200 6.200 0 1 1 0 12.400A6.200 6.200 0 0 1 8 1.800M8 4.500V8l2.500 1.500',
  Hide: 'M2 8s2.200-4 6-4 6 4 6 4-2.200 4-6 4-6-4-6-4M3 13 13 3',
  Blocked: 'M8 1.800a6.200 6.200 0 1 1 0 12.400A6.200 6.200 0 0 1 8 1.800M3.700 3.700l8.600 8.600',
  Archive: 'M2 3h12v3H2zM3 6v7.500h10V6M6.500 9h3',
  BranchMerge:
    'M4.500 3a1.200 1.200 0 1 1 0 2.400 1.200 1.200 0 0 1 0-2.400M4.500 10.600a1.200 1.200 0 1 1 0 2.400 1.200 1.200 0 0 1 0-2.400M11.500 6.800a1.200 1.200 0 1 1 0 2.400 1.200 1.200 0 0 1 0-2.400M4.500 5.400v5.200M4.500 5.400c0 2 3 2.600 5.800 2.600',
  Undo: 'M5.500 3 2.500 6l3 3M2.500 6h7a4 4 0 0 1 0 8h-3',
  LineChart: 'M2 2v12h12M4.500 10.500 7.500 7l2.500 2 3.500-5',
  Table: 'M2 3h12v10.500H2zM2 6.500h12M2 10h12M6.500 6.500v7',
  Mail: 'M2 3.500h12v9H2zM2 4l6 5 6-5',
  TaskLogo: 'M2.500 2.500h11v11h-11zM5 8l2 2 4-4.500',
  Timer: 'M8 3.500a5 5 0 1 1 0 10 5 5 0 0 1 0-10M8 6v3M6 1.500h4',
  DocumentSet: 'M4.500 1.800h5l2.500 2.500v9.900h-7.500zM6.500 7h3.500M6.500 9.500h3.500M6.500 12h2',
  Contact:
    'M8 2.500a2.700 2.700 0 1 1 0 5.400 2.700 2.700 0 0 1 0-5.400M2.800 14c.4-3 2.500-4.500 5.200-4.500s4.800 1.500 5.200 4.500',
  Comment: 'M2 3h12v8H7l-3 2.800V11H2zM5 6h6M5 8.500h4',
  Headset:
    'M3 9.500V8a5 5 0 0 1 10 0v1.500M2.500 9h2.300v4H2.500zM11.200 9h2.300v4h-2.300zM13 13c0 1.200-1.500 1.600-3.500 1.600',
  Product: 'M8 1.800 13.800 4.800v6.400L8 14.200l-5.800-3V4.800zM2.200 4.800 8 7.800l5.800-3M8 7.800v6.400',
  CityNext: 'M3 14V2.500h6V14M9 6.500h4V14M1.500 14h13M5 5h2M5 7.500h2M5 10h2M11 9h.500M11 11.500h.500',
  Link: 'M6.500 9.500 9.500 6.500M7 5l1.700-1.700a3 3 0 0 1 4.200 4.200L11.200 9.200M9 11l-1.700 1.700a3 3 0 0 1-4.200-4.200L4.800 6.800',
};

/** One icon; it says nothing by itself, the text beside it does. */
export function Icon({ name, className }: { readonly name: string; readonly className?: string }) {
  return (
    <svg className={`icon ${className ?? ''}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={paths[name] ?? ''} />
    </svg>
  );
}

/** Gives Fluent the drawings under its own icon names, for the page's commands and for the controls. */
export function registerPageIcons(): void {
  // The library's UMD bundle has registered its font icons by itself.
  unregisterIcons(Object.keys(paths));
  registerIcons({
    style: { display: 'inline-block', width: 16, height: 16, lineHeight: '16px' },
    icons: Object.fromEntries(Object.keys(paths).map((name) => [name, <Icon key={name} name={name} />])),
  });
}
