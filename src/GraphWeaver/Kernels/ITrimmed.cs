namespace GraphWeaver.Kernels;

/// <summary>A store that can do without what it holds.</summary>
internal interface ITrimmed
{
    /// <summary>Lets go of what is not used. Called on the finalizer's thread.</summary>
    /// <param name="all">Whether also of what is: memory is short.</param>
    public void Trim(bool all);
}
