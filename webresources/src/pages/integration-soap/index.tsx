import * as React from 'react';
import { integrationEnterTexts } from '../../strings/generated/integration-enter';
import { enterPage } from '../integrations/enter-page';
import { ServiceForm } from '../integrations/enter-service';
import { startPage } from '../platform/start-page';
import { soap } from './soap-request';
import { newSoap } from './soap-template';
import '../platform/grids.css';
import '../integrations/enter.css';

startPage(
  integrationEnterTexts.newSoap,
  enterPage(newSoap, (props) => <ServiceForm kind={soap} {...props} />),
);
