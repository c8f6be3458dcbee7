import { integrationEnterTexts } from '../../strings/generated/integration-enter';
import { enterPage } from '../integrations/enter-page';
import { startPage } from '../platform/start-page';
import { DirectoryWizard } from './directory-wizard';
import { newDirectory } from './new-directory';
import '../platform/grids.css';
import '../platform/step-list.css';
import '../integrations/enter.css';

startPage(integrationEnterTexts.newDirectory, enterPage(newDirectory, DirectoryWizard));
