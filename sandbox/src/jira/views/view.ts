import { toDocument, toWiki } from '../site/rich-text';
import type { Edition, RichText } from '../site/rows';
import type { Site } from '../site/site';

/** Through whose eyes an object is written: edition decides how people are named, version how text is. */
export interface View {
  readonly site: Site;
  readonly edition: Edition;
  readonly version: 2 | 3;
}

/** Absolute address of a REST resource in the caller's own version. */
export function selfUrl(view: View, path: string): string {
  return `${view.site.options.publicUrl}/rest/api/${view.version}${path}`;
}

export function richText(view: View, text: RichText | null) {
  return view.version === 3 ? toDocument(text) : toWiki(text);
}

export function avatarUrls(view: View, path: string, owner: string) {
  const url = (size: number) =>
    `${view.site.options.publicUrl}${path}?size=${size}&ownerId=${encodeURIComponent(owner)}`;
  return { '48x48': url(48), '24x24': url(24), '16x16': url(16), '32x32': url(32) };
}
