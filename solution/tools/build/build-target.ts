/** One thing that is built: known by name, rebuilt when the content of its inputs changed. */
export interface BuildTarget {
  readonly name: string;
  /** Files and folders, from the repository's root, that the output depends on. */
  readonly inputs: readonly string[];
  /** Files that exist when it is built; the first one is the one whose size is told. */
  readonly outputs: readonly string[];
  /** File that keeps the hash of the inputs of the last build. */
  readonly stamp: string;
  /** Targets of one lane are built one after the other, those of another beside them. */
  readonly lane?: 'pcf-scripts';
  /** @throws BuildError when the tool did not do it */
  readonly build: () => Promise<void>;
}

/** A tool did not build a target; `detail` is what the tool said. */
export class BuildError extends Error {
  static readonly code = 'BUILD_FAILED';
  readonly code = BuildError.code;

  constructor(
    target: string,
    readonly detail: string,
    options?: ErrorOptions,
  ) {
    super(`${target} could not be built.`, options);
    this.name = 'BuildError';
  }
}
