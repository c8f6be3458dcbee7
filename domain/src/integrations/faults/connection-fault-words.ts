import { entryOf } from '../../entry-of';
import type { Language } from '../../text/language';
import { directoryFaultWords } from './directory';
import type { ConnectionFault, ConnectionFaults, FaultArgs, FaultSentences } from './fault-words';
import { jiraFaults } from './jira';
import { networkFaults } from './network';
import { notificationFaults } from './notification';
import { serviceFaults } from './rest';
import { soapFaults } from './soap';

/** Every fault of every provider, by its name; those of one provider begin with its name. */
export const connectionFaultWords = {
  ...networkFaults,
  ...directoryFaultWords,
  ...jiraFaults,
  ...notificationFaults,
  ...serviceFaults,
  ...soapFaults,
} as const satisfies ConnectionFaults;

/** Name of a fault of a connection. */
export type FaultName = keyof typeof connectionFaultWords;

/** A fault as a test or a run tells of it. */
export interface NamedFault {
  readonly name: string;
  readonly args: FaultArgs;
}

const all: ConnectionFaults = connectionFaultWords;

/** What is known of a fault; one that nobody knows is unexpected. Pure. */
export const connectionFault = (name: string): ConnectionFault => entryOf(all, name) ?? networkFaults.unexpected;

/** A fault in words. Pure. */
export const sayFault = ({ name, args }: NamedFault, language: Language): FaultSentences =>
  connectionFault(name).words[language](args);
