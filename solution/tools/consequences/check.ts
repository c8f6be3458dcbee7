/** What a change of `solution/src` asks for elsewhere: the file to edit, and what to do there. */
export interface LeftToDo {
  /** from the repository's root */
  readonly file: string;
  readonly what: string;
}

/** A text file of the repository, which a check reads. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}
