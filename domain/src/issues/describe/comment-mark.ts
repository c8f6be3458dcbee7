import type { Guid } from '../facts';

/** Key of the property that a comment of ours carries: by it a second attempt finds the first, and nobody reads it back as a person's. */
export const commentMarkKey = 'crmjira.comment';

/** Travels in the request that adds the comment. @param command that asked for it */
export const commentMark = (command: Guid): { readonly key: string; readonly value: { readonly command: Guid } } => ({
  key: commentMarkKey,
  value: { command },
});

/** Whether a property of a comment is the mark of this command. */
export const isCommentMark = (value: unknown, command: Guid): boolean =>
  typeof value === 'object' && value !== null && 'command' in value && value.command === command;
