import { budgetBurnPageTexts } from '../../strings/generated/budget-burn-page';
import { startPage } from '../platform/start-page';
import { BurnPage } from './burn-page';
import './budget-burn.css';

startPage(budgetBurnPageTexts.title, BurnPage);
