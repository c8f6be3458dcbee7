import {
  COMMAND_AUTHORITY,
  CommandState,
  type CommandType,
  type Language,
  refusalText,
  unmetNeed,
} from '@crmjira/domain';
import type { DataverseReader } from '../clients/dataverse/reader';
import type { EnvironmentSettings } from '../connections/environment/environment-settings';
import { isAdministrator } from '../connections/environment/read-people';
import type { AnswerLater, CommandAnswer, CommandHandler, GivenCommand } from './commands';

export interface AdministratorParts {
  readonly dataverse: DataverseReader;
  readonly environmentSettings: Pick<EnvironmentSettings, 'languageOf' | 'whoAmI'>;
}

/**
 * A command that is carried out for administrators and the service itself; anybody else is refused in words.
 * @param authority type whose conditions hold; left out: the command's own
 * @param refused told of a command that is refused, before it is answered
 */
export function administratorCommand(
  { dataverse, environmentSettings }: AdministratorParts,
  type: CommandType,
  answer: (command: GivenCommand, language: Language) => Promise<CommandAnswer | AnswerLater>,
  authority = type,
  refused: (command: GivenCommand) => Promise<void> = async () => undefined,
): CommandHandler {
  return {
    type,
    answer: async (command) => {
      const [{ userId }, language, administrator] = await Promise.all([
        environmentSettings.whoAmI(),
        environmentSettings.languageOf(command.requestedById),
        isAdministrator(dataverse, command.requestedById),
      ]);
      const service = command.requestedById === userId.toLowerCase();
      const refusedFor = unmetNeed(COMMAND_AUTHORITY[authority].needs, { service, administrator });
      if (refusedFor !== null) {
        await refused(command);
        return { state: CommandState.Refused, result: refusalText(refusedFor, language) };
      }
      return answer(command, language);
    },
  };
}
