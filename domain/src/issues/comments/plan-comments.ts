import { derivedId } from '../../hash/derived-id';
import { ERASED } from '../../text/erased';
import type { Language } from '../../text/language';
import type { Guid, Instant } from '../facts';
import { type InBoth, inLanguage } from '../texts/in-language';
import { postText } from '../texts/post-text';
import { commentText } from './plain-text';

/** A comment as Jira has it. */
export interface IssueComment {
  readonly id: string;
  readonly author: string | null;
  readonly editor: string | null;
  readonly created: Instant;
  readonly updated: Instant;
  /** ADF or wiki text. */
  readonly body: unknown;
  /** For a role or group, or internal to a service desk: it never arrives. */
  readonly restricted: boolean;
  /** Sent from Dynamics: it does not come back. */
  readonly own: boolean;
}

/** On whose timeline the comments of which site stand. */
export interface CommentPlace {
  readonly record: Guid;
  readonly connection: Guid;
}

export interface CommentFacts extends CommentPlace {
  readonly key: string;
  readonly comments: readonly IssueComment[];
  /** Posts of these comments that the timeline has, by id, with their words. */
  readonly posted: ReadonlyMap<Guid, string>;
  /** The issue was made for the record, so that all that is said on it belongs there. */
  readonly madeForRecord: boolean;
}

const languages: readonly Language[] = [1033, 3084];

/** Of an issue that was there before it was linked, so many of the last comments arrive, and all that follow. */
const arrivesAtFirst = 5;

export const commentPostId = ({ record, connection }: CommentPlace, comment: string): Guid =>
  derivedId(record, 'comment', connection, comment);
const editId = ({ record, connection }: CommentPlace, comment: string, text: string): Guid =>
  derivedId(record, 'comment-edited', connection, comment, text);
export const deletedCommentId = (of: CommentPlace, comment: string): Guid =>
  derivedId(of.record, 'comment-deleted', of.connection, comment);

const say = (texts: InBoth, text: string, language: Language): string =>
  postText(`${inLanguage(texts, language)}\n${text}`);

function commented(key: string, { author, created }: IssueComment, text: string, language: Language): string {
  const [by, on] = [author ?? 'Jira', created.slice(0, 10)];
  return say(
    {
      en: `${by} commented on ${key} in Jira, ${on}:`,
      fr: `${by} a commenté ${key} dans Jira, ${on}\u00a0:`,
    },
    text,
    language,
  );
}

function edited(key: string, { editor, author }: IssueComment, text: string, language: Language): string {
  const by = editor ?? author ?? 'Jira';
  return say(
    {
      en: `${by} edited a comment on ${key} in Jira:`,
      fr: `${by} a modifié un commentaire sur ${key} dans Jira\u00a0:`,
    },
    text,
    language,
  );
}

export const commentDeletedText = (key: string, language: Language): string =>
  inLanguage(
    {
      en: `A comment on ${key} that stands here was deleted in Jira.`,
      fr: `Un commentaire sur ${key} qui figure ici a été supprimé dans Jira.`,
    },
    language,
  );

/** Ids of posts that these comments may have: those are looked up before the plan. */
export const commentPosts = (
  place: CommentPlace,
  comments: readonly Pick<IssueComment, 'id' | 'body'>[],
): readonly Guid[] =>
  comments.flatMap(({ id, body }) => [commentPostId(place, id), editId(place, id, commentText(body))]);

/** What a timeline has to say of the comments of an issue: each once, and an edit where its words have changed. Pure. */
export function planComments(
  facts: CommentFacts,
  language: Language,
): readonly { readonly id: Guid; readonly text: string }[] {
  const { key, posted } = facts;
  const arriving = facts.comments
    .filter(({ restricted, own }) => !restricted && !own)
    .sort((one, other) => Number(one.id) - Number(other.id));
  const known = arriving.findIndex(({ id }) => posted.has(commentPostId(facts, id)));
  const first = facts.madeForRecord ? 0 : known >= 0 ? known : Math.max(0, arriving.length - arrivesAtFirst);
  return arriving.slice(first).flatMap((comment) => {
    const text = commentText(comment.body);
    const id = commentPostId(facts, comment.id);
    const said = posted.get(id);
    if (said === undefined) return [{ id, text: commented(key, comment, text, language) }];
    const change = editId(facts, comment.id, text);
    const isSaid =
      comment.updated === comment.created ||
      posted.has(change) ||
      // Its words are another's by now: they do not tell whether the comment was edited.
      said.includes(ERASED) ||
      languages.some((one) => said === commented(key, comment, text, one));
    return isSaid ? [] : [{ id: change, text: edited(key, comment, text, language) }];
  });
}
