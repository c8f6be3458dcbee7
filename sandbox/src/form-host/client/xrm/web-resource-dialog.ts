import type { Language } from '../language';
import { word } from '../words';

/** A number counts pixels. */
type DialogSize = number | { readonly value: number; readonly unit?: string };

/** What `navigateTo` takes for a dialog. Source: client API reference, navigateTo. */
export interface DialogOptions {
  readonly width?: DialogSize;
  readonly height?: DialogSize;
  /** 1 in the centre, 2 at the side */
  readonly position?: number;
  readonly title?: string;
}

const SIDE = 2;

/** Width and height of the dialog as the caller asks for, as far as the window has room, and its place. */
export function placeDialog(dialog: HTMLDialogElement, { width, height, position, title }: DialogOptions): void {
  if (title !== undefined) dialog.setAttribute('aria-label', title);
  if (position === SIDE) dialog.classList.add('at-side');
  if (width !== undefined) dialog.style.width = `min(${cssSize(width, 'vw')}, calc(100vw - 32px))`;
  if (height !== undefined) dialog.style.height = `min(${cssSize(height, 'vh')}, calc(100vh - 32px))`;
}

function cssSize(size: DialogSize, ofWindow: 'vw' | 'vh'): string {
  if (typeof size === 'number') return `${size}px`;
  return `${size.value}${size.unit === '%' ? ofWindow : 'px'}`;
}

/**
 * An HTML web resource in a modal dialog. That the promise resolves once the dialog is closed is as the client API documents
 * `navigateTo`; that the page may close it by `window.close()` is assumed.
 * @param name of a page of the product, which the caller has checked
 */
export function webResourceDialog(
  name: string,
  data: string,
  options: DialogOptions,
  language: Language,
): Promise<void> {
  const dialog = document.createElement('dialog');
  dialog.className = 'card page-dialog';
  dialog.setAttribute('aria-label', word(language, 'linkProject'));
  placeDialog(dialog, options);
  const query = new URLSearchParams({ orgname: 'sandbox', orglcid: '1033', userlcid: String(language), data });
  const frame = document.createElement('iframe');
  frame.title = options.title ?? word(language, 'linkProject');
  frame.src = `/WebResources/${name}?${query.toString()}`;
  const close = Object.assign(document.createElement('button'), {
    type: 'button',
    className: 'button',
    textContent: '×',
  });
  close.setAttribute('aria-label', word(language, 'close'));
  close.addEventListener('click', () => dialog.close());
  frame.addEventListener('load', () => {
    if (frame.contentWindow !== null) frame.contentWindow.close = () => dialog.close();
    frame.focus();
  });
  dialog.append(frame, close);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve();
    });
  });
}
