import { syncHistoryTexts } from '../../strings/generated/sync-history';
import { startPage } from '../platform/start-page';
import { HistoryPage } from './history-page';
import '../platform/grids.css';
import '../time-sync/time-sync.css';
import './sync-history.css';

startPage(syncHistoryTexts.title, HistoryPage);
