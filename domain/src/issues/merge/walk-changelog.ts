import type { FieldBase, FieldValue, Instant } from '../facts';

/** A change of one field, in the values that are compared. */
export interface FieldChange {
  readonly id: number;
  readonly value: FieldValue;
  /** As people read it. */
  readonly text: string | null;
  readonly by: string | null;
  readonly on: Instant;
  /** Of a write of this link: the version of the record that it was planned from; null: somebody else's change. */
  readonly ownVersion: number | null;
}

/** What the changelog behind the cursor makes of a field. */
export interface Walked {
  /** What each side held when it was last accounted for, our own newer writes included. */
  readonly baseCrm: FieldValue;
  readonly baseJira: FieldValue;
  /** Jira's value for the merge: people's, also where a write of ours covers it. */
  readonly theirs: FieldValue;
  /** Who made it; null: it is the base. */
  readonly change: FieldChange | null;
  /** What stands in Jira. */
  readonly stands: FieldValue;
  /** People's values that a write of ours covered before they could be known in Dynamics, oldest first. */
  readonly lost: readonly FieldChange[];
  /** The record's value is owed to Jira. */
  readonly owed: boolean;
  /** Somebody has put Jira back to the base over a late write of ours: that is a change too. */
  readonly touched: boolean;
  /** Newest entry read. */
  readonly end: number;
}

/**
 * A person's entry moves Jira's value. An entry of ours that was planned from the newest version accounted for moves the base; an older
 * one is late and binds nothing. What covers a person's value counts as if it had not happened, until a person who has seen it
 * replaces it.
 */
export function walkChangelog(base: FieldBase, changes: readonly FieldChange[]): Walked {
  let baseCrm = base.crm;
  let baseJira = base.jira;
  let theirs = base.jira;
  let change: FieldChange | null = null;
  let owed = base.crm !== base.jira;
  let touched = false;
  let newest = base.version;
  let cover: { readonly value: FieldValue; readonly late: boolean } | null = null;
  const lost: FieldChange[] = [];

  for (const entry of changes) {
    if (entry.id <= base.cursor) continue;
    const { value, ownVersion } = entry;
    if (ownVersion === null) {
      if (cover !== null) {
        baseJira = cover.value;
        if (cover.late) touched = true;
        else {
          baseCrm = cover.value;
          owed = false;
        }
        cover = null;
      }
      theirs = value;
      change = entry;
      // A person has done what we owed.
      if (owed && value === baseCrm) {
        baseJira = value;
        owed = false;
        touched = false;
      }
    } else if (value !== baseCrm && ownVersion <= newest) {
      if (theirs === value) cover = null;
      else {
        if (theirs !== baseJira && change !== null) lost.push(change);
        cover = { value, late: true };
      }
    } else {
      newest = Math.max(newest, ownVersion);
      if (theirs === baseJira || theirs === value) {
        baseJira = value;
        baseCrm = value;
        theirs = value;
        change = entry;
        cover = null;
        owed = false;
        touched = false;
      } else {
        if (change !== null) lost.push(change);
        cover = { value, late: false };
      }
    }
  }

  return {
    baseCrm,
    baseJira,
    theirs,
    change,
    stands: cover === null ? theirs : cover.value,
    lost: lost.filter(({ id }, at) => !base.entered.includes(id) && lost.findIndex((one) => one.id === id) === at),
    owed,
    touched,
    end: Math.max(base.cursor, changes.at(-1)?.id ?? 0),
  };
}

/** Nothing is known of earlier: whatever stands has come from people, on both sides. */
export const unknownBase = (stands: FieldChange): Walked => ({
  baseCrm: null,
  baseJira: null,
  theirs: stands.value,
  change: stands,
  stands: stands.value,
  lost: [],
  owed: true,
  touched: true,
  end: stands.id,
});
