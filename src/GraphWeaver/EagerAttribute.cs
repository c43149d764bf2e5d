namespace GraphWeaver;

/// <summary>A requested fallback: calls of the marked method stay calls, at run time, without a warning.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class EagerAttribute : Attribute;
