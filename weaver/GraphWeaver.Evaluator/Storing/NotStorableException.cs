namespace GraphWeaver.Evaluator.Storing;

/// <summary>A value holds something that an assembly cannot hold; the message says what, for people.</summary>
internal sealed class NotStorableException(string reason) : Exception(reason);
