import { startPage } from '../platform/start-page';
import { BurnPage } from './burn-page';
import './budget-burn.css';

startPage({ 1033: 'Budget burn', 3084: 'Consommation du budget' }, BurnPage);
