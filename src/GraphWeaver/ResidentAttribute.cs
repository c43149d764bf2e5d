namespace GraphWeaver;

/// <summary>
/// The author vouches that nobody writes to the tensor while the program uses it, so that a GPU backend may keep a copy of it on the device from
/// call to call. Without a GPU backend it means nothing.
/// </summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class ResidentAttribute : Attribute;
