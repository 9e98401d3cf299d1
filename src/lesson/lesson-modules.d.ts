/** What importing a lesson's file gives; the build compiles it. */
declare module '*/lessons/course.yaml' {
  const course: import('./lesson').Course;
  export default course;
}

declare module '*/lessons/course.yaml?cases' {
  const cases: import('./lesson').CaseCourse;
  export default cases;
}

/** A sentence about each lesson, by its slug. */
declare module '*/lessons/course.yaml?summaries' {
  const summaries: Readonly<Record<string, import('./lesson').Summary>>;
  export default summaries;
}

declare module '*/lesson.yaml' {
  const lesson: import('./lesson').Lesson;
  export default lesson;
}

/** The first picture of the home page. */
declare module '*/lessons/course.yaml?opening' {
  const opening: import('../timeline/recorded-source').Recording;
  export default opening;
}
