import * as React from 'react';
import { explainSyncTexts } from '../../strings/generated/explain-sync';
import { startPage } from '../platform/start-page';
import { ExplainPage, tableOf } from './explain-page';
import '../platform/grids.css';
import '../time-sync/time-sync.css';
import './explain-sync.css';

startPage(explainSyncTexts.title, ({ facts }) => <ExplainPage facts={facts} table={tableOf(location.search)} />);
