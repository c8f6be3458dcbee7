import { integrationsLogsTexts } from '../../strings/generated/integrations-logs';
import { startPage } from '../platform/start-page';
import { LogsPage } from './logs-page';
import '../integrations/integrations.css';
import './integrations-logs.css';

startPage(integrationsLogsTexts.title, LogsPage);
