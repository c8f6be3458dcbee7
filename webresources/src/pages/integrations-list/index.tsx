import { integrationsListTexts } from '../../strings/generated/integrations-list';
import { startPage } from '../platform/start-page';
import { ListPage } from './list-page';
import '../integrations/integrations.css';

startPage(integrationsListTexts.title, ListPage);
