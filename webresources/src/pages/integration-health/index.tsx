import { startPage } from '../platform/start-page';
import { HealthPage } from './health-page';
import { HEALTH_TEXTS } from './words';
import './integration-health.css';

startPage(HEALTH_TEXTS.title, HealthPage);
