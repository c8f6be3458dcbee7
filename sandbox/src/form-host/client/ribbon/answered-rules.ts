import type { RibbonFunction } from '../../contract';

/** Milliseconds after which a rule that promised its answer is taken for a no. Source: "Define ribbon enable rules", Custom Rule. */
const PATIENCE = 10_000;

interface Answer {
  readonly version: string;
  holds: boolean;
}

/**
 * Answers of the functions that enable rules call. A rule is asked once for a version of what the command bar is about; who changes
 * what a rule looks at asks for another look (Microsoft, "refreshRibbon"). One that promises its answer hides its button until then.
 */
export class AnsweredRules {
  private readonly answers = new Map<string, Answer>();

  /** @param changed called when a promised answer has come */
  constructor(private readonly changed: () => void) {}

  /**
   * @param version of the record, the rows that are selected and the ribbon
   * @param ask calls the function of the rule
   */
  holds(rule: RibbonFunction, version: string, ask: () => unknown): boolean {
    const key = JSON.stringify([rule.library, rule.functionName, rule.parameters]);
    const known = this.answers.get(key);
    if (known?.version === version) return known.holds;
    const result = ask();
    const answer = { version, holds: result instanceof Promise ? (known?.holds ?? false) : result === true };
    this.answers.set(key, answer);
    if (result instanceof Promise) this.follow(result, answer, () => this.answers.get(key) === answer);
    return answer.holds;
  }

  private follow(promise: Promise<unknown>, answer: Answer, isCurrent: () => boolean): void {
    let isSettled = false;
    const settle = (value: unknown): void => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(late);
      const before = answer.holds;
      answer.holds = value === true;
      if (answer.holds !== before && isCurrent()) this.changed();
    };
    const late = setTimeout(() => settle(false), PATIENCE);
    promise.then(settle, (error: unknown) => {
      console.error('A rule of the ribbon failed.', error);
      settle(false);
    });
  }
}
