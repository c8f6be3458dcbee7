const ID = 'progress-indicator';

/** `showProgressIndicator`: a message over the page until it is closed; a second call replaces the first one's words. */
export function showProgressIndicator(message: string): void {
  closeProgressIndicator();
  const shown = Object.assign(document.createElement('div'), { id: ID, className: 'progress', textContent: message });
  shown.setAttribute('role', 'status');
  document.body.append(shown);
}

export function closeProgressIndicator(): void {
  document.getElementById(ID)?.remove();
}
