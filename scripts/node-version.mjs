// Imported first by every command, for its effect: an old Node gets one clear sentence.
const [major, minor] = process.versions.node.split('.').map(Number);
const fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;

if (!fits) {
  console.error(
    `Node ${process.versions.node} does not fit: Slotscope needs Node 20.19 or later, ` +
      'or 22.12 or later (https://nodejs.org).',
  );
  process.exit(1);
}
