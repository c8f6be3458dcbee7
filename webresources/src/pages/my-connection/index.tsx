import { myConnectionTexts } from '../../strings/generated/my-connection';
import { startPage } from '../platform/start-page';
import { ConnectionPage } from './connection-page';
import '../platform/grids.css';
import './my-connection.css';

startPage(myConnectionTexts.title, ConnectionPage);
