/** What Jira asks for when an issue is created in a project, as the service answers. */
export interface Screen {
  readonly types: readonly {
    readonly name: string;
    /** required ones, beside those that every issue has; with the values to choose from where Jira has a list */
    readonly fields: readonly { readonly id: string; readonly name: string; readonly options?: readonly string[] }[];
  }[];
  /** Jira's word for each of our priorities */
  readonly priorities: Readonly<Record<string, string>>;
  /** what the record suggests: one of our priorities */
  readonly priority: string;
  /** as it is sent */
  readonly description: string;
  readonly labels: readonly string[];
}

/** Null where the answer is none of this kind. */
export function readScreen(answer: unknown): Screen | null {
  // The service's own document: with types to choose from it is whole.
  const screen = answer as Screen | null;
  return screen?.types?.[0] ? screen : null;
}
