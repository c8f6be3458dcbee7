import type { Site } from '../site/site';

const COLOURS = ['#1868db', '#6e5dc6', '#216e4e', '#ae2e24', '#974f0c', '#206a83', '#943d73', '#5d6b8a'];

function colourOf(text: string): string {
  const sum = [...text].reduce((total, character) => total + character.charCodeAt(0), 0);
  return COLOURS[sum % COLOURS.length] ?? '#1868db';
}

/** Initials on a colour: round for people, square for projects. */
export function avatarSvg(site: Site, ownerId: string, square: boolean): string {
  const name = (square ? site.projects.get(ownerId)?.name : site.users.get(ownerId)?.displayName) ?? '?';
  const initials = name
    .replace(/[^\p{L}\p{N} ]/gu, '')
    .split(' ')
    .map((word) => word[0] ?? '')
    .join('')
    .slice(0, 2)
    .toUpperCase();
  return `<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48" viewBox="0 0 48 48"><rect width="48" height="48" rx="${square ? 6 : 24}" fill="${colourOf(name)}"/><text x="24" y="31" font-family="system-ui,sans-serif" font-size="19" font-weight="600" fill="#fff" text-anchor="middle">${initials}</text></svg>`;
}

/** A dot in the colour of its name. */
export function iconSvg(name: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6" fill="${colourOf(name)}"/></svg>`;
}
