"""Work that outlives one answer (과업). Today only the shape of a method of solving."""
