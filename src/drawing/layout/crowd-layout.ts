/** What only a crowd needs worked out, together: a first picture does without. */
import { cellCounts, cellPaths, cellSectors, cellStates } from './belief-cells';
import { crowdFlights } from './crowd-flights';
import { crowdLabels } from './crowd-labels';
import { lensPicture } from './lens';

export default {
  cellCounts,
  cellPaths,
  cellSectors,
  cellStates,
  crowdFlights,
  crowdLabels,
  lensPicture,
};
