/** What a scene of a lesson is looked at with: as any scene, or the recording of real processes. */
import type { Scene, SceneRecording } from '../kernel/scene';
import { bytesOfBase64 } from '../shadow/base64';
import { readParts } from '../shadow/recording-file';
import type { CaptureHistory } from './capture-history';
import { CaptureSource } from './capture-source';
import type { ClusterSource } from './cluster-source';
import { captureSource } from './open-recording';
import { sourceOfScene } from './source-of-scene';

/** What reads a recording is large: whoever has none takes `sourceOfScene`. */
export function sourceOfLessonScene(scene: Scene): ClusterSource {
  if (scene.recording) return new CaptureSource(historyOf(scene.recording));
  return sourceOfScene(scene);
}

/** To read one takes a second; nothing in it ever changes. */
const known = new WeakMap<SceneRecording, CaptureHistory>();

function historyOf(recording: SceneRecording): CaptureHistory {
  const { name, base64 } = recording;
  const history =
    known.get(recording) ??
    captureSource(readParts([{ name, bytes: bytesOfBase64(base64) }])).history;
  known.set(recording, history);
  return history;
}
