import * as React from 'react';
import { integrationEnterTexts } from '../../strings/generated/integration-enter';
import { enterPage } from '../integrations/enter-page';
import { ServiceForm } from '../integrations/enter-service';
import { startPage } from '../platform/start-page';
import { rest } from './rest-request';
import { newRest } from './rest-template';
import '../platform/grids.css';
import '../integrations/enter.css';

startPage(
  integrationEnterTexts.newRest,
  enterPage(newRest, (props) => <ServiceForm kind={rest} {...props} />),
);
