import { personas } from '../../sandbox/src/form-host/server/personas';
import { opportunities } from '../../sandbox/src/seed/scenarios';

export type Row = Readonly<Record<string, unknown>>;

/** Constructor names, as in the manifests, in the order of the form. */
export const controls = ['JiraProject', 'BudgetBurn', 'BudgetStatus', 'BudgetApproval'] as const;
export type ControlName = (typeof controls)[number];

export type PersonaId = 'sales-rep' | 'project-manager' | 'admin';
export const personaIds = personas.map(({ id }) => id as PersonaId);

/**
 * Role and text, as Playwright's `ariaSnapshot` writes them. Each must be there; of buttons, links and fields there may be no
 * others, so that what a person is offered stands here whole.
 */
export type Lines = readonly string[];

/** What makes a form of the example company stand otherwise than its rows say. */
export interface Conditions {
  /** Entity set → columns that each of its rows is shown with, or the rows that are answered instead. */
  readonly rows?: Readonly<Record<string, Row | readonly Row[]>>;
  /** Reads of this entity set are answered with an error. */
  readonly unreadable?: { readonly set: string; readonly status: number; readonly code: string };
  /** Somebody else was faster: a new row of this set is refused, and from then on these are its rows. */
  readonly taken?: { readonly set: string; readonly rows: readonly Row[] };
  /** The network goes away once the controls are drawn. */
  readonly offline?: true;
  /** What the platform tells a component: column security hides its column, or its cell is locked. */
  readonly context?: 'masked' | 'disabled';
  /** A button that is pressed once it is drawn, where this person is offered it. */
  readonly press?: { readonly control: ControlName; readonly button: RegExp };
  /** Nothing to compare by eye: text that is only there to break a layout. */
  readonly unpictured?: true;
}

/** A form of the example company, the state of each control on it that design asks for, and who sees what. */
export interface Scene extends Conditions {
  readonly name: string;
  /** id of the opportunity */
  readonly opportunity: string;
  /** What must be read in each control: the same for all, or persona by persona. */
  readonly sees: Readonly<Partial<Record<ControlName, Lines | Readonly<Record<PersonaId, Lines>>>>>;
}

/** @param opportunity start of its name in the example company */
export function scene(name: string, opportunity: string, sees: Scene['sees'], but: Conditions = {}): Scene {
  const found = opportunities.find((one) => one.name.startsWith(opportunity));
  if (!found) throw new Error(`The example company has no opportunity that starts with "${opportunity}".`);
  return { name, opportunity: found.id, sees, ...but };
}

/** What everybody but the sales rep sees, who may neither decide nor read decisions. */
export const approvers = (theirs: Lines, salesRep: Lines): Readonly<Record<PersonaId, Lines>> => ({
  'sales-rep': salesRep,
  'project-manager': theirs,
  admin: theirs,
});

export function linesFor({ sees }: Scene, control: ControlName, persona: PersonaId): Lines {
  const lines = sees[control] ?? [];
  return 'admin' in lines ? lines[persona] : lines;
}

export const controlsOf = ({ sees }: Scene): readonly ControlName[] => controls.filter((name) => sees[name]);

/** `JiraProject-not-created`: what a picture is filed under. */
export const fileOf = ({ name }: Scene, control: ControlName): string => `${control}-${name.replace(/\W+/g, '-')}`;
