import { integrationsProvidersTexts } from '../../strings/generated/integrations-providers';
import { startPage } from '../platform/start-page';
import { ProvidersPage } from './providers-page';
import '../integrations/integrations.css';

startPage(integrationsProvidersTexts.title, ProvidersPage);
