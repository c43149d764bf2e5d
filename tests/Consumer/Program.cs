using System.Globalization;
using System.Numerics.Tensors;
using GraphWeaver;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Tensor<float> x = Tensor.Create(Enumerable.Range(0, 1024).Select(i => i / 1024f).ToArray());

// The first call pays for start-up; the second shows what a call allocates.
Model.Swish(x);
long before = GC.GetAllocatedBytesForCurrentThread();
Tensor<float> swish = Model.Swish(x);
long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

Console.WriteLine($"mode {GraphMode.Current}");
Console.WriteLine($"swish {Tensor.Sum<float>(swish):F2}");
Console.WriteLine($"centred {Model.Centre(x, tensor => Tensor.Average<float>(tensor))[0]:F4}");
Console.WriteLine($"allocated {allocated}");
