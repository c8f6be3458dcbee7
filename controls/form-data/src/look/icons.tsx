import * as React from 'react';

/**
 * Drawings named as Fluent's icons. They are inline because the icon font of Fluent v8 comes from a content network, which a
 * tenant's policy may block and the sandbox never asks. 16 × 16, stroked in the text's colour; `!` starts a filled part.
 */
const DRAWINGS = {
  Info: ['M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8', 'M8 7.3v4', '!M8 4a.9.9 0 1 0 0 1.8A.9.9 0 0 0 8 4'],
  Add: ['M8 2.5v11M2.5 8h11'],
  Completed: ['M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8', 'm5 8.2 2.2 2.2L11 6'],
  CircleRing: ['M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2'],
  Clock: ['M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8', 'M8 4.5V8l2.5 1.5'],
  Warning: ['M8 2l6.5 11.8h-13z', 'M8 6.5V10', '!M8 11.1a.8.8 0 1 0 0 1.6.8.8 0 0 0 0-1.6'],
  ErrorBadge: [
    'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8',
    'M8 4.5v4.3',
    '!M8 10.3a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.8',
  ],
  PlugDisconnected: [
    'M2 14l2.6-2.6M4 8.5 7.5 12A2.5 2.5 0 0 1 4 8.5zM12 7.5 8.5 4A2.5 2.5 0 0 1 12 7.5zM11.5 4.5 14 2M9.5 8.5l-1 1M7.5 6.5l-1 1',
  ],
  Archive: ['M2 3h12v3H2zM3 6v7.5h10V6M6.5 8.8h3'],
  Lock: ['M3.5 7.5h9V14h-9z', 'M5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5'],
  Save: ['M2.5 2.5h9l2 2v9h-11z', 'M5 2.5v3.5h5V2.5M4.5 13.500V9h7v4.5'],
  Sync: ['M13.5 6.5A5.8 5.8 0 0 0 3 5M2.5 9.5A5.8 5.8 0 0 0 13 11M3 2v3h3M13 14v-3h-3'],
  OpenInNewWindow: ['M6.5 3h-4v10.500H13v-4M9.5 2.5h4v4M13.2 2.8 7.5 8.5'],
  Link: ['M6.5 9.5l3-3M7 5l1.8-1.8a2.8 2.8 0 0 1 4 4L11 9M9 11l-1.8 1.8a2.8 2.8 0 0 1-4-4L5 7'],
  LineChart: ['M2 2v12h12M4.5 10.500 7.5 7 10 9l3.5-5'],
  Table: ['M2 3h12v10.500H2zM2 6.5h12M2 10h12M6.5 6.5v7'],
  BranchMerge: ['M4 2v12M4 6c0 4 8 1 8 6M10 10l2 2.500 2-2.500'],
  ProgressRingDots: ['M8 2.2A5.8 5.8 0 0 1 13.8 8'],
} as const;

export type IconName = keyof typeof DRAWINGS;

/** Decorative: the words beside it say the same. */
export function Icon({ name, turning }: { readonly name: IconName; readonly turning?: boolean }): React.ReactElement {
  return (
    <svg
      className={`crmjira-icon${turning ? ' crmjira-turning' : ''}`}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
      data-fluent-icon={name}
    >
      {DRAWINGS[name].map((path) => {
        const filled = path.startsWith('!');
        return <path key={path} d={filled ? path.slice(1) : path} className={filled ? 'crmjira-filled' : undefined} />;
      })}
    </svg>
  );
}
