/** `npm run bridge`. */
console.error('The bridge is being built.');
process.exitCode = 1;
