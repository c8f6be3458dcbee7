/** The part of jest's JSON report that is read here. */
export interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** Characters of a cause; the whole message stands above, where jest printed it. */
const LONGEST = 300;

// eslint-disable-next-line no-control-regex -- jest colours its messages
const COLOUR = /\u001b\[[0-9;]*m/g;
/** What tells two values apart in jest's messages: the values, or the lines of their difference. */
const DIFFERENCE = /^(Expected|Received|Timeout)\b.*:|^[-+] /;
const LEGEND = /^[-+] (Expected|Received)\s+[-+] \d+$/;

/** The cause of a failure in one line: the message, then what was expected and what came. */
export function causeOf(message: string): string {
  const lines = message
    .replace(COLOUR, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('at ') && !LEGEND.test(line));
  const [first = 'no message', ...rest] = lines;
  const told = rest.filter((line) => DIFFERENCE.test(line));
  const cause = [first.replace(/^Error: /, ''), ...told].join(' | ');
  return cause.length > LONGEST ? `${cause.slice(0, LONGEST - 1)}…` : cause;
}

/** One line for each failed test and each file that did not load: where, which, why. */
export function failureLines(report: JestReport, root: string): string[] {
  return report.testResults.flatMap(({ name, message, assertionResults }) => {
    const file = name.replace(`${root}/`, '');
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    if (assertionResults.length === 0 && message !== '')
      return [`FAIL ${file} did not load: ${causeOf(message.replace(/^.*●.*$/m, ''))}`];
    return failed.map(({ fullName, failureMessages: [first = ''] }) => `FAIL ${file} › ${fullName}: ${causeOf(first)}`);
  });
}
