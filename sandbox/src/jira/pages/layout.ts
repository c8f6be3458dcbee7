import type { Site } from '../site/site';

export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

const STYLE = `
:root { color-scheme: light dark; --text: #172b4d; --faint: #5e6c84; --line: #dfe1e6; --page: #fff; --card: #f7f8f9; --link: #0c66e4;
  --new: #dcdfe4; --indeterminate: #cce0ff; --done: #baf3db; --chip: #172b4d; }
@media (prefers-color-scheme: dark) { :root { --text: #dee4ea; --faint: #9fadbc; --line: #3b444c; --page: #1d2125; --card: #22272b; --link: #85b8ff;
  --new: #454f59; --indeterminate: #09326c; --done: #164b35; --chip: #dee4ea; } }
* { box-sizing: border-box; }
body { margin: 0; font: 14px/1.45 system-ui, sans-serif; color: var(--text); background: var(--page); }
header { display: flex; gap: 12px; align-items: center; padding: 10px 24px; border-bottom: 1px solid var(--line); }
header a { color: inherit; font-weight: 600; text-decoration: none; }
header small { color: var(--faint); }
main { max-width: 1240px; margin: 0 auto; padding: 20px 24px 60px; }
a { color: var(--link); } h1 { font-size: 24px; line-height: 1.2; margin: 6px 0 16px; } h2 { font-size: 16px; margin: 28px 0 8px; }
table { border-collapse: collapse; width: 100%; } th { text-align: left; color: var(--faint); font-size: 12px; }
th, td { padding: 7px 10px 7px 0; border-bottom: 1px solid var(--line); vertical-align: top; } td.n, th.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.chip { display: inline-block; padding: 1px 7px; border-radius: 3px; font-size: 11px; font-weight: 700; text-transform: uppercase; color: var(--chip); background: var(--new); white-space: nowrap; }
.chip.indeterminate { background: var(--indeterminate); } .chip.done { background: var(--done); }
.crumbs { color: var(--faint); font-size: 13px; } .cols { display: grid; grid-template-columns: 1fr 320px; gap: 32px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: 12px 16px; } dl { display: grid; grid-template-columns: 130px 1fr; gap: 8px; margin: 0; }
dt { color: var(--faint); } dd { margin: 0; overflow-wrap: anywhere; } .who { display: inline-flex; gap: 6px; align-items: center; } .who img { width: 20px; height: 20px; }
.bar { height: 8px; border-radius: 4px; background: var(--new); overflow: hidden; margin: 4px 0; } .bar i { display: block; height: 100%; background: #22a06b; }
.wide { overflow-x: auto; } td a { white-space: nowrap; } td .who { white-space: nowrap; } .faint { color: var(--faint); } p { margin: 0 0 8px; white-space: pre-line; }
.acts { margin-top: 28px; } .acts h2 { margin-top: 0; } .acts form { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: end; padding: 10px 0; border-top: 1px solid var(--line); }
.acts label { display: grid; gap: 2px; color: var(--faint); font-size: 12px; flex: 1 1 160px; } .acts input, .acts select, .acts textarea, .acts button { font: inherit; max-width: 100%; }
@media (max-width: 800px) { .cols { grid-template-columns: 1fr; } }`;

/** A page in the sandbox's plain Jira look: no script, nothing fetched from elsewhere. */
export function layout(title: string, body: string): string {
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)} - Jira sandbox</title><style>${STYLE}</style></head><body><header><a href="/">Jira sandbox</a><small>a stand-in on this machine</small></header><main>${body}</main></body></html>`;
}

export function notFoundPage(key: string): string {
  return layout(
    'Not found',
    `<h1>We can't find ${escapeHtml(key)}</h1><p>There is no project or issue with this key, or it was deleted.</p><p><a href="/">All projects</a></p>`,
  );
}

export function person(site: Site, userId: string | null): string {
  const user = userId === null ? undefined : site.users.get(userId);
  if (!user) return '<span class="faint">Unassigned</span>';
  return `<span class="who"><img alt="" src="/secure/useravatar?ownerId=${encodeURIComponent(user.id)}">${escapeHtml(user.displayName)}</span>`;
}

export function hours(seconds: number): string {
  return `${(seconds / 3600).toLocaleString('en-CA', { maximumFractionDigits: 2 })} h`;
}
